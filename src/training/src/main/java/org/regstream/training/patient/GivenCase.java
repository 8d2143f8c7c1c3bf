package org.regstream.training.patient;

/**
 * Other labels than the anatomy's, given for one patient after a movement.
 *
 * @param given     what was given
 * @param patient   name of the image
 * @param before    Dice of the labels as they lie with the truth, which is the given ones along the true field
 * @param published the same of what is published
 */
public record GivenCase(String given, String patient, double before, double published) {}
