/** Labelled images as the network sees them: folders, split, windows, pairs, augmentation. */
package org.regstream.training.data;
