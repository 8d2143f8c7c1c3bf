/** How tissue of one patient moves between two scans, with the truth known (METHODS, One patient). */
package org.regstream.training.data.motion;
