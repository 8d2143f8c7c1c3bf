/** Frames into volumes: grouping, completeness, refusals; the freshest-volume gate. */
package org.regstream.core.assembly;
