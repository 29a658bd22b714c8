import {
  type Border,
  type Call,
  extractFunction,
  NOT_ATTEMPTED,
  type SourceText,
} from "../../exercises";
import type { TypeErrorReport } from "../report";
import { ProcessBorder } from "./ProcessBorder";
import type { Pool } from "./Pool";

export interface SubmissionLimits {
  /** Milliseconds. */
  callLimit: number;
  submissionLimit: number;
  /** MiB, for messages. */
  memory: number;
}

/** A learner's function behind the border, and what is known of it besides. */
export interface SandboxedAnswer extends Border {
  /** Why all tests share one fate: no cell declares the function, an import was refused. */
  readonly message?: string;
  /** What is worth knowing and costs no point: the function is declared in three cells. */
  readonly remarks: readonly string[];
  /** The function with the helpers it calls, as it is run. Absent when not attempted. */
  readonly code?: string;
  /** What it has printed so far, the first 64 KiB. */
  output(): string;
  /** Ends its process. */
  end(): void;
}

/** One learner's code. All its answers share one limit of time; each has a process of its own. */
export class Submission {
  private readonly answers: SandboxedAnswer[] = [];
  private readonly budget: { left: number };

  constructor(
    private readonly cells: readonly SourceText[],
    private readonly pool: Pool,
    private readonly limits: SubmissionLimits,
  ) {
    this.budget = { left: limits.submissionLimit };
  }

  /** The function of this name. Its process starts with the first call. */
  answer(entry: string): SandboxedAnswer {
    const answer = this.findAnswer(entry);
    this.answers.push(answer);
    return answer;
  }

  /** The type errors in the function and what it needs. They cost no point. */
  async typeErrors(entry: string): Promise<TypeErrorReport[]> {
    void entry;
    return [];
  }

  /** Ends all processes. */
  end(): void {
    for (const answer of this.answers) answer.end();
  }

  private findAnswer(entry: string): SandboxedAnswer {
    const extracted = extractFunction(this.cells, entry);
    if (!extracted) {
      const message = `No cell declares a function ${entry}.`;
      return withoutCode({ outcome: { error: { name: NOT_ATTEMPTED, message } } }, message);
    }
    return new ProcessBorder(extracted, entry, this.pool, this.limits, this.budget);
  }
}

function withoutCode(call: Call, message: string): SandboxedAnswer {
  return { message, remarks: [], call: async () => call, output: () => "", end() {} };
}
