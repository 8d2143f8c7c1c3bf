// The layout of a message; its description is the Javadoc of org.regstream.service.page.PageMessage.

export const Type = Object.freeze({RESULT: 1, WITHDRAWN: 2, ALERT: 3, HEARTBEAT: 4, END: 5, FIGURES: 6});

const MAGIC = 0x50534752;
const VERSION = 1;
const HEADER = 16;
const ALIGNMENT = 8;
const ARRAYS = {uint8: Uint8Array, uint16: Uint16Array};

/**
 * @param {ArrayBuffer} buffer a whole message
 * @returns {{type: number, metadata: object, blocks: Object<string, {shape: number[], values: Uint8Array|Uint16Array}>}}
 *     arrays are views of the buffer, [D, H, W]
 * @throws {Error} if it is not a message of this version, or not whole
 */
export function decode(buffer) {
  const view = new DataView(buffer);
  require(buffer.byteLength >= HEADER && view.getUint32(0, true) === MAGIC, 'not a message of regstream');
  require(view.getUint16(4, true) === VERSION, `version ${view.getUint16(4, true)}, expected ${VERSION}: reload the page`);
  const length = view.getUint32(8, true);
  require(view.getUint32(12, true) === buffer.byteLength && HEADER + length <= buffer.byteLength, 'a message that is not whole');
  const metadata = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEADER, length)));
  const start = Math.ceil((HEADER + length) / ALIGNMENT) * ALIGNMENT;
  const blocks = /** @type {Object<string, {shape: number[], values: Uint8Array|Uint16Array}>} */ ({});
  for (const [name, place] of Object.entries(metadata.blocks)) {
    blocks[name] = block(buffer, start, name, place);
  }
  return {type: view.getUint16(6, true), metadata, blocks};
}

function block(buffer, start, name, {offset, type, shape}) {
  const Values = ARRAYS[type];
  require(Values !== undefined, `block ${name} is of the unknown type ${type}`);
  const size = shape[0] * shape[1] * shape[2];
  require(start + offset + size * Values.BYTES_PER_ELEMENT <= buffer.byteLength, `block ${name} is not whole`);
  return {shape, values: new Values(buffer, start + offset, size)};
}

function require(holds, otherwise) {
  if (!holds) {
    throw new Error(otherwise);
  }
}
