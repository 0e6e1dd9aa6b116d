/** What is noted on the device once the server knows a person's time zone, by their id. */
export const toldZonePrefix = 'weft-time-zone-'
