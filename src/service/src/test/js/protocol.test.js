import {test} from 'node:test';
import assert from 'node:assert/strict';
import {decode, Type} from './page/protocol.js';

/** A message by hand, as PageMessage's table says. */
function message({magic = 0x50534752, version = 1, type = 1, json = '{"blocks":{"a":{"offset":0,"type":"uint16","shape":[1,1,3]}}}', tail = [1, 0, 2, 0, 3, 0, 0, 0]} = {}) {
  const text = new TextEncoder().encode(json);
  const start = Math.ceil((16 + text.length) / 8) * 8;
  const buffer = new ArrayBuffer(start + tail.length);
  const view = new DataView(buffer);
  view.setUint32(0, magic, true);
  view.setUint16(4, version, true);
  view.setUint16(6, type, true);
  view.setUint32(8, text.length, true);
  view.setUint32(12, buffer.byteLength, true);
  new Uint8Array(buffer).set(text, 16);
  new Uint8Array(buffer).set(tail, start);
  return buffer;
}

test('reads type, metadata and blocks', () => {
  const {type, blocks} = decode(message());
  assert.equal(type, Type.RESULT);
  assert.deepEqual([...blocks.a.values], [1, 2, 3]);
  assert.deepEqual(blocks.a.shape, [1, 1, 3]);
});

test('refuses another format, another version, and what is cut', () => {
  assert.throws(() => decode(message({magic: 1})), /not a message/);
  assert.throws(() => decode(message({version: 2})), /version 2/);
  assert.throws(() => decode(message().slice(0, -8)), /not whole/);
  assert.throws(() => decode(new ArrayBuffer(4)), /not a message/);
});

test('refuses a block that reaches beyond the message', () => {
  const json = '{"blocks":{"a":{"offset":0,"type":"uint8","shape":[1,1,9]}}}';
  assert.throws(() => decode(message({json})), /block a is not whole/);
});

test('refuses an unknown element type', () => {
  const json = '{"blocks":{"a":{"offset":0,"type":"int7","shape":[1,1,1]}}}';
  assert.throws(() => decode(message({json})), /unknown type int7/);
});
