package io.gennaker.workflows.gate;

/**
 * Tells a running release that a decision was written.
 *
 * @param stageId the gate
 * @param decisionId the decision's row, which an activity re-reads and re-authorises
 */
public record DecisionNotice(String stageId, String decisionId) {
}
