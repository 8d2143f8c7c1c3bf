/** The DICOM side: who may associate, what is accepted, and what a C-STORE is answered. */
package org.regstream.gateway.dimse;
