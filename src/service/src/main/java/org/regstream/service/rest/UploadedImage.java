package org.regstream.service.rest;

import java.util.Optional;
import org.regstream.core.volume.Volume;

/**
 * A pre-operative image as it was sent.
 *
 * @param volume              intensities, [D, H, W], LPS mm
 * @param frameOfReferenceUid its patient space, empty for NIfTI
 */
record UploadedImage(Volume volume, Optional<String> frameOfReferenceUid) {}
