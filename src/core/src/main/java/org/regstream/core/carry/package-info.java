/** Carries the labels that were given along displacement fields, any number of structures, and tells how reliably. */
package org.regstream.core.carry;
