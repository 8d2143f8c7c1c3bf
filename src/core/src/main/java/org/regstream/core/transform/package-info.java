/**
 * Where places of one image lie in another, LPS mm on both sides, as other programs keep it: fields of millimetres, matrices,
 * their inverses, and their files of text. What the pipeline itself carries along are fields in voxels of a window.
 */
package org.regstream.core.transform;
