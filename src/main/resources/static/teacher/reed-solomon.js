/** Multiplies in the field of 256 elements that QR codes use. */
function multiply(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11D);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

/** The generator polynomial of a degree without its first coefficient, which is 1. */
function generator(degree) {
  const coefficients = new Uint8Array(degree);
  coefficients[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) {
      coefficients[j] = multiply(coefficients[j], root) ^ (coefficients[j + 1] ?? 0);
    }
    root = multiply(root, 2);
  }
  return coefficients;
}

/** Returns the error correction codewords of a block of data (Reed-Solomon). */
export function errorCorrection(data, count) {
  const factors = generator(count);
  const remainder = new Array(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ remainder.shift();
    remainder.push(0);
    factors.forEach((coefficient, i) => {
      remainder[i] ^= multiply(coefficient, factor);
    });
  }
  return remainder;
}
