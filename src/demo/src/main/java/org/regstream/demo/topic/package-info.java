/** How the commands that look on read the service's topics. */
package org.regstream.demo.topic;
