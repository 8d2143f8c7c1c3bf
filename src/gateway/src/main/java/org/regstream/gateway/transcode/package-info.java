/** From a data set as a peer sent it to a Part 10 object in explicit little endian with native pixels. */
package org.regstream.gateway.transcode;
