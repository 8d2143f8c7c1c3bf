/** The gateway: takes DICOM instances from scanners by C-STORE and puts them, uncompressed, on the frames topic. */
package org.regstream.gateway;
