/** {@code /dicomweb}: studies in by STOW-RS, results out by WADO-RS and QIDO-RS (PS3.18). */
package org.regstream.service.dicomweb;
