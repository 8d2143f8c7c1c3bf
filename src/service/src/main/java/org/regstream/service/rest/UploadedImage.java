package org.regstream.service.rest;

import java.util.Optional;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.Laterality;

/**
 * A pre-operative image as it was sent.
 *
 * @param volume              intensities, [D, H, W], LPS mm
 * @param frameOfReferenceUid its patient space, empty for NIfTI
 * @param side                which its instances say that it shows
 */
record UploadedImage(Volume volume, Optional<String> frameOfReferenceUid, Laterality side) {}
