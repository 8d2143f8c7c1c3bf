/**
 * What is done with a transform once it is there: {@link org.regstream.tools.transform.ApplyCommand} moves other images and
 * labels, {@link org.regstream.tools.transform.PointsCommand} places; ours or those of other programs.
 */
package org.regstream.tools.transform;
