/** Turns numbers into alerts: code, priority, region, value, threshold, unit. */
package org.regstream.core.alert;
