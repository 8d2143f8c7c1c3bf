package org.regstream.core.volume.nifti;

import java.util.Optional;

/**
 * What a file holds.
 *
 * @param content intensities or labels
 * @param notice  what whoever gave the file should know of where it places them; empty if nothing is doubtful
 */
public record NiftiContent<T>(T content, Optional<String> notice) {}
