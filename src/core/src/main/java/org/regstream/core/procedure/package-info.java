/** One operation: its pre-operative reference and which live frames belong to it. */
package org.regstream.core.procedure;
