package org.regstream.training.network;

import java.util.List;
import java.util.stream.Collectors;
import org.regstream.training.network.NetworkDesign.Output;

/** A {@link NetworkDesign} as TorchScript functions. */
public final class NetworkScript {

    private final NetworkDesign design;
    private final Precision precision;
    private final int passengers;
    private final List<Output> places;

    /** @param passengers channels that {@code moving_labels} has after the labels, warped likewise */
    public NetworkScript(NetworkDesign design, Precision precision, int passengers) {
        this.design = design;
        this.precision = precision;
        this.passengers = passengers;
        places = List.copyOf(design.build(new ScriptOperations(precision), passengers).keySet());
    }

    /** @return place of the output in what the function returns; -1 if this network has it not */
    public int place(Output output) {
        return places.indexOf(output);
    }

    /**
     * The functions and what they need, {@link Warp#script()} excepted:
     *
     * <pre>
     * network(weights [P], fixed [1,1,D,H,W], moving [1,1,D,H,W], moving_labels [1,C,D,H,W], smoothness [1,1,1,1,1],
     *         random: bool, passes: int) -> List[Tensor], in the order of {@link Output}, see {@link #place}
     * flow_of(weights, fixed, moving, moving_labels, smoothness, random, passes) -> the flow, as network() has it;
     *         not {@link Heads#TWIN}
     * displacement_of(flow) -> the displacement that network() makes of it; likewise
     * look(weights, fixed [N,1,D,H,W], moving) -> List[Tensor], see {@link #placeInLook}; {@link Heads#TWIN} only
     * </pre>
     *
     * With {@code random} off nothing is dropped or drawn. {@code passes} copies go through the decoder's dropout, and the
     * results have so many items.
     */
    public String text() {
        return ScriptOperations.HELPERS + network() + (design.heads() == Heads.TWIN ? look() : flow() + displacement());
    }

    /** @return place of the output in what look() returns; -1 if it has it not */
    public int placeInLook(Output output) {
        return List.copyOf(design.buildLook(new ScriptOperations(precision)).keySet()).indexOf(output);
    }

    private String look() {
        ScriptOperations o = new ScriptOperations(precision);
        String results = String.join(", ", design.buildLook(o).values());
        return "def look(weights: Tensor, fixed: Tensor, moving: Tensor) -> List[Tensor]:\n" + split() + o.lines()
                + "  return [" + results + "]\n";
    }

    private String network() {
        ScriptOperations o = new ScriptOperations(precision);
        String results = String.join(", ", design.build(o, passengers).values());
        return "def network(weights: Tensor, fixed: Tensor, moving: Tensor, moving_labels: Tensor, smoothness: Tensor,"
                + " random: bool, passes: int) -> List[Tensor]:\n" + split() + o.lines() + "  return [" + results
                + "]\n";
    }

    private String flow() {
        ScriptOperations o = new ScriptOperations(precision);
        String result = design.buildFlow(o);
        return "def flow_of(weights: Tensor, fixed: Tensor, moving: Tensor, moving_labels: Tensor,"
                + " smoothness: Tensor, random: bool, passes: int) -> Tensor:\n" + split() + o.lines() + "  return "
                + result + "\n";
    }

    private String displacement() {
        ScriptOperations o = new ScriptOperations(precision);
        String result = design.displacement(o, o.input("flow", 3, design.preset().flowDivisor()));
        return "def displacement_of(flow: Tensor) -> Tensor:\n" + o.lines() + "  return " + result + "\n";
    }

    private String split() {
        List<Layer> layers = design.layers();
        return layers.stream().map(l -> l.kernelSize() + ", " + l.biases())
                .collect(Collectors.joining(", ", "  w = torch.split_with_sizes(weights, [", "], 0)\n"));
    }
}
