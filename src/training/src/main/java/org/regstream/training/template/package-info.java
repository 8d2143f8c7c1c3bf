/** The mean image with labels that learning gives: made of the training images only, deformed by the demo. */
package org.regstream.training.template;
