/** JPEG-LS (ITU-T T.87) of one component, decoded in Java for machines without dcm4che's native library. */
package org.regstream.gateway.transcode.jpegls;
