/** The address of the folder with the names of emoji in each language. */
declare module 'virtual:emoji-data' {
  const address: string;
  export default address;
}
