/** Result of `@CurrentDevice()`. */
export interface DeviceDto {
  readonly userAgent: string | null;
  readonly ip: string | null;
}
