/** The domain of regstream, on the JDK alone: data flows from frames to volumes to registrations to alerts. */
package org.regstream.core;
