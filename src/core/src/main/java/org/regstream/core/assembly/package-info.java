/** Frames into volumes: grouping, completeness, refusals. */
package org.regstream.core.assembly;
