/** What the broker's answers mean, for whoever sends. */
package org.regstream.service.kafka;
