/** What an operator sees: metrics, health, logs and audit messages. None of it names a patient. */
package org.regstream.gateway.operate;
