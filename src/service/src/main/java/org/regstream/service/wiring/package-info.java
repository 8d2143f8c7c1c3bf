/** Builds the object graph: settings to core values, and what must be ready before the first frame is taken. */
package org.regstream.service.wiring;
