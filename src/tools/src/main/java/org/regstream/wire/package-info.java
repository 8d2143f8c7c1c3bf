/** Events on the wire with their schema version; mapping from core values. */
package org.regstream.wire;
