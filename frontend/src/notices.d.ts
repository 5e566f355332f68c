declare module "marsad:notices" {
  const notices: { name: string; version: string; licence: string; text: string }[];
  export default notices;
}
