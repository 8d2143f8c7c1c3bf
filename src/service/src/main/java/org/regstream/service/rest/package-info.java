/** Procedures by HTTP. */
package org.regstream.service.rest;
