/** Why an instance is not taken, and what its sender is answered. */
package org.regstream.gateway.refuse;
