/**
 * A binary WebSocket message (RFC 6455, 5.2: one unmasked frame) of two parts, in one buffer. `ws` writes a frame's
 * header and its payload as two chunks; for a broadcast of small frames that costs more than the frames themselves.
 */
export function webSocketFrame(address: Uint8Array, body: Uint8Array): Buffer {
  const length = address.length + body.length
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x82
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(address, header)
  frame.set(body, header + address.length)
  return frame
}
