// Lets the reader's own device count in place of copying characters. Without scripts this part of
// the form stays hidden and everything else works.
"use strict";
for (const box of document.querySelectorAll("[data-proof]")) {
  const button = box.querySelector("button");
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  box.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = box.dataset.counting;
    const worker = new Worker(box.dataset.worker);
    const failed = () => {
      status.textContent = box.dataset.failed;
      button.disabled = false;
      worker.terminate();
    };
    worker.onerror = failed;
    worker.onmessage = ({ data }) => {
      if (data === null) return failed();
      field.value = data;
      status.textContent = box.dataset.done;
      worker.terminate();
    };
    worker.postMessage(box.dataset.proof);
  });
}
const wrong = document.getElementById("wrong");
if (wrong) {
  wrong.tabIndex = -1;
  wrong.focus();
}
