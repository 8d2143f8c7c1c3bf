package org.regstream.training.patient;

import org.regstream.core.pipeline.FieldSource;

/**
 * One patient after one movement.
 *
 * @param movement  of the table
 * @param patient   name of the image
 * @param before    Dice of the labels as they lie with the true ones, mean of structures
 * @param network   the same along the network's field
 * @param published the same along the field that a service takes
 * @param source    where that comes from
 * @param errorOfNetwork   mean length of the network's error within {@link OnePatient#NEAR} voxels of the labels, mm
 * @param errorOfPublished the same of the field that is taken
 * @param length    mean length of the network's displacement over the window, voxels
 * @param folding   share of voxels where the field that is taken folds
 */
public record MovedCase(Movement movement, String patient, double before, double network, double published,
        FieldSource source, double errorOfNetwork, double errorOfPublished, double length, double folding) {}
