/** The straight line from volume to result, and the ports it needs. */
package org.regstream.core.pipeline;
