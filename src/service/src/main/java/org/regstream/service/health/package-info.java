/** Staleness and model checks as health facts. */
package org.regstream.service.health;
