/** The command line of what needs neither broker nor Quarkus. */
package org.regstream.tools;
