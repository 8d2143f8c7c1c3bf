package org.regstream.training.evaluate.method;

import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.loop.MeanTeacher;
import org.regstream.training.loop.Objective;
import org.regstream.training.loop.Schedule;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Conditioning;
import org.regstream.training.network.Dropout;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;

/**
 * How a row's networks are made: by METHODS, but for the budget and the plan that all rows share.
 *
 * @param flow         what the network estimates
 * @param heads        what else it says
 * @param conditioning whether λ is an input
 * @param objective    what is made small
 * @param augmentation what is done to the images
 * @param decay        of the learning rate
 * @param members      of the ensemble
 */
record Recipe(Flow flow, Heads heads, Conditioning conditioning, Objective objective, AugmentationSettings augmentation,
        Decay decay, Members members) {

    /** What becomes of Adam's rate. */
    enum Decay {
        /** P1. */
        NONE {
            @Override
            Schedule of(double rate) {
                return new Schedule(rate, 0);
            }
        },
        /** P2 decays it and does not say when: from twice the rate to 0 along half a cosine, so that the mean is the rate. */
        COSINE {
            @Override
            Schedule of(double rate) {
                return new Schedule(2 * rate, 1);
            }
        };

        abstract Schedule of(double rate);
    }

    /** P1: NLCC, labels, λ = 0.01. */
    static Recipe p1(Heads heads, Members members) {
        return new Recipe(Flow.DISPLACEMENT, heads, Conditioning.NONE, Objective.P1, AugmentationSettings.FULL,
                Decay.NONE, members);
    }

    /** P2: MIND without labels. Other contrasts than the images have stand in for CT and MR. */
    static Recipe p2(Objective objective) {
        return new Recipe(Flow.DISPLACEMENT, Heads.NONE, Conditioning.NONE, objective, AugmentationSettings.CONTRAST,
                Decay.COSINE, Members.SINGLE);
    }

    /** The same of a velocity, drawn from the distribution that the network estimates. */
    Recipe probabilistic() {
        return new Recipe(Flow.PROBABILISTIC_VELOCITY, heads, conditioning, objective, augmentation, decay, members);
    }

    /** The same, told λ. */
    Recipe conditioned() {
        return new Recipe(flow, heads, Conditioning.SMOOTHNESS, objective, augmentation, decay, members);
    }

    boolean hasTeacher() {
        return objective.teacher() != MeanTeacher.NONE;
    }

    private Dropout dropout() {
        return hasTeacher() ? Dropout.DECODER : members.dropout();
    }

    /** @param number of the training, from 1 */
    TrainingSettings settings(Task task, Budget budget, TrainingPlan plan, Precision precision, int number) {
        NetworkDesign network = new NetworkDesign(plan.preset(), flow, heads, dropout(), conditioning, task.channels());
        return new TrainingSettings(budget.seed() + number - 1, budget.epochs(), TrainingSettings.RANDOM,
                members.share(), network, objective,
                augmentation, members.optimiser(), members.schedule(decay.of(plan.rate())), precision, task.grid());
    }
}
