/** What memory may be used for, in decoded bytes. */
package org.regstream.core.memory;
