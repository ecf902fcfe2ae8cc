/** As `@CurrentDevice()` reads it from a request. */
export interface DeviceDto {
  readonly userAgent: string | null;
  readonly ip: string | null;
}
