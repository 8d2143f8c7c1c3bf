/** The Kafka side: a record is delivered when the broker says so, or it is not. */
package org.regstream.gateway.topic;
