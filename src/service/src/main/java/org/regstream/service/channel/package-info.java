/** One short bean per incoming channel. */
package org.regstream.service.channel;
