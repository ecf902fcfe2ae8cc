// The parts of React Native that the example uses, so that it is checked without installing that. Do not copy this file.
declare module 'react-native' {
  export const AppState: {
    readonly currentState: string;
    addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
  };
}

declare module '@react-native-async-storage/async-storage' {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>;
    setItem(key: string, value: string): Promise<void>;
    removeItem(key: string): Promise<void>;
  };
  export default AsyncStorage;
}
