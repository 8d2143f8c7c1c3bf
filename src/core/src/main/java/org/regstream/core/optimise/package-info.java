/**
 * Registration without a network, and better registration after one: a displacement field is fitted to the two images of one
 * pair by Gauss-Newton steps. The terms are those that networks are trained on, with derivatives by hand.
 */
package org.regstream.core.optimise;
