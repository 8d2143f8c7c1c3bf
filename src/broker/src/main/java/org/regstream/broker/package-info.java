/** A real Kafka broker inside this process, for one machine: the demo, the tests, a first look. */
package org.regstream.broker;
