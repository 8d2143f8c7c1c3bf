package org.regstream.service.line;

import java.util.concurrent.Executor;
import org.regstream.core.pipeline.AssessmentPipeline;

/**
 * What the lines share for the second look at a volume.
 *
 * @param pipeline    asks the ensemble
 * @param encoder     makes the published objects
 * @param assessments the pool on which assessments run, apart from registrations so that none waits for them
 */
public record AssessmentServices(AssessmentPipeline pipeline, AssessmentEncoder encoder, Executor assessments) {}
