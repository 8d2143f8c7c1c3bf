/**
 * OpenIGTLink on the wire, protocol versions 2 and 3: what navigation systems such as 3D Slicer and PLUS read. Plain Java; the
 * server is in {@code server}.
 *
 * <p>A message is a header of 58 bytes and a body; numbers are big-endian, voxels have the order their message names.
 *
 * <pre>
 *         0   2             14                     34           42          50      58
 * header  | V | TYPE        | DEVICE_NAME          | TIME_STAMP | BODY_SIZE | CRC64 |
 * body, V = 1 (protocol 2)  | content |
 * body, V = 2 (protocol 3)  | extended header, 12 bytes | content | metadata header | metadata |
 * </pre>
 *
 * <p>Positions leave here in RAS, whatever the coordinate byte of an image could say: decision 0014.
 */
package org.regstream.navigation;
