/** The settings, one interface; unknown keys fail the start. */
package org.regstream.service.config;
