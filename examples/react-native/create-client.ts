// What React Native has in place of a browser's storage and page events; everything else is the same.
import AsyncStorage from '@react-native-async-storage/async-storage';
import { type CauserieClient, createClient, type KeyValueStorage, type Lifecycle } from '@causerie/client';
import { AppState } from 'react-native';

const storage: KeyValueStorage = {
  get: (key) => AsyncStorage.getItem(key),
  set: (key, value) => AsyncStorage.setItem(key, value),
  delete: (key) => AsyncStorage.removeItem(key),
};

const lifecycle: Lifecycle = {
  isVisible: () => AppState.currentState === 'active',
  watch(onChange) {
    const subscription = AppState.addEventListener('change', (state) =>
      onChange(state === 'active' ? 'visible' : 'hidden'),
    );
    return () => subscription.remove();
  },
};

export const createNativeClient = (url: string): CauserieClient => createClient({ url, storage, lifecycle });
