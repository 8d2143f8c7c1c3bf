/**
 * One running procedure: frames are held, assembled, registered, published, and only then acknowledged. Plain objects; the
 * beans around them are in {@code channel} and {@code publish}.
 */
package org.regstream.service.line;
