/** How alike two images are: NLCC, MSE, MI. */
package org.regstream.core.similarity;
